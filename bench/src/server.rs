//! A server in a process of its own, and what it uses of the machine.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::pin::{Pins, pin};
use crate::scratch::Scratch;
use crate::template::Template;

/// How long a server may take to its first answer.
const START_MAX: Duration = Duration::from_secs(30);

/// What stands for a file in a command.
pub(crate) const FILE: &str = "{file}";

/// No program is as small.
const SCRIPT_BYTES_MAX: u64 = 64 << 10;

/// How a server is started.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// What it is called in tables.
    pub(crate) name: String,
    /// The program and its arguments; `{port}` stands for the port to listen at, and `{file}` for a new file.
    pub(crate) command: Vec<String>,
}

impl Target {
    /// Whether it keeps everything in a file.
    pub(crate) fn wants_file(&self) -> bool {
        self.command.iter().any(|word| word.contains(FILE))
    }

    /// The bytes of its program; `None` if it is a script of another one.
    pub(crate) fn bytes(&self) -> Option<u64> {
        let file = fs::metadata(PathBuf::from(self.command.first()?)).ok()?;
        Some(file.len()).filter(|bytes| *bytes > SCRIPT_BYTES_MAX)
    }
}

/// A server that has answered. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// How long it took from the start to the first answer.
    pub(crate) first_answer: Duration,
    /// Where its file is, if it wants one.
    _scratch: Option<Scratch>,
}

impl Server {
    /// Starts a server on a free port and on its processor, and waits for its first answer.
    pub(crate) fn start(target: &Target, pins: Option<Pins>) -> Result<Self, String> {
        let address = free_address()?;
        let port = address.port().to_string();
        let scratch = target.wants_file().then(Scratch::new).transpose()?;
        let file = scratch.as_ref().map_or_else(PathBuf::new, Scratch::file).to_string_lossy().into_owned();
        let said = |word: &String| word.replace("{port}", &port).replace(FILE, &file);
        let words: Vec<String> = target.command.iter().map(said).collect();
        let [program, arguments @ ..] = words.as_slice() else {
            return Err(format!("{} has no command", target.name));
        };
        if let Some(pins) = pins {
            pin(pins.server);
        }
        let start = Instant::now();
        let spawned = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Some(pins) = pins {
            pin(pins.client);
        }
        let process = spawned.map_err(|error| format!("{program} could not be started: {error}"))?;
        let mut server = Self { process, address, first_answer: Duration::ZERO, _scratch: scratch };
        server.await_answer(start)?;
        Ok(server)
    }

    /// Asks until there is an answer. ListTables changes nothing, whoever answers it.
    fn await_answer(&mut self, start: Instant) -> Result<(), String> {
        let template = Template::new("ListTables", "{}");
        while start.elapsed() < START_MAX {
            if answers(self.address, template.request()) {
                self.first_answer = start.elapsed();
                return self.still_runs();
            }
            self.still_runs()?;
            thread::sleep(Duration::from_micros(100));
        }
        Err(format!("no answer within {} s", START_MAX.as_secs()))
    }

    /// Whoever answered is this process only if it is there: of two, one does not get the port.
    fn still_runs(&mut self) -> Result<(), String> {
        match self.process.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(format!("it ended with {status}")),
            Err(error) => Err(format!("it is not known whether it runs: {error}")),
        }
    }

    /// Lets it do nothing until it is resumed: what it has left to do would be measured with another server.
    pub(crate) fn pause(&self) {
        signal(&self.process, Pause::Begin);
    }

    /// Lets it go on.
    pub(crate) fn resume(&self) {
        signal(&self.process, Pause::End);
    }

    /// The processor's time that it has used; `None` where the system does not tell.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        processor_time(&self.process.id().to_string())
    }

    /// How many files and sockets it has open; `None` where the system does not tell.
    pub(crate) fn files(&self) -> Option<usize> {
        Some(fs::read_dir(format!("/proc/{}/fd", self.process.id())).ok()?.count())
    }

    /// The bytes of memory that it holds; `None` where the system does not tell.
    pub(crate) fn resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that is worth an orderly end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a process is told.
#[derive(Debug, Clone, Copy)]
enum Pause {
    Begin,
    End,
}

#[cfg(unix)]
fn signal(process: &Child, pause: Pause) {
    use rustix::process::{Pid, Signal, kill_process};
    let signal = match pause {
        Pause::Begin => Signal::STOP,
        Pause::End => Signal::CONT,
    };
    // A process that has ended is found out when it is asked.
    let _ = kill_process(Pid::from_child(process), signal);
}

#[cfg(not(unix))]
fn signal(_: &Child, _: Pause) {}

/// The processor's time that this process has used.
pub(crate) fn own_processor_time() -> Option<Duration> {
    processor_time("self")
}

fn processor_time(process: &str) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name in parentheses: the state is the first field, user and system time the 12th and 13th.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_secs(ticks) / u32::try_from(ticks_per_second()).ok()?)
}

#[cfg(unix)]
fn ticks_per_second() -> u64 {
    rustix::param::clock_ticks_per_second()
}

#[cfg(not(unix))]
fn ticks_per_second() -> u64 {
    100
}

/// An address at which nobody listens.
fn free_address() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    listener
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("there is no free port: {error}"))
}

/// Whether a request is answered with status 200.
fn answers(address: SocketAddr, request: &[u8]) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(START_MAX))?;
        stream.write_all(request)?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin)?;
        std::io::Result::Ok(begin.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
