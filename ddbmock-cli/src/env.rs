//! `ddbmock env`: the words of a shell that point AWS SDKs and tools at a server.

use clap::ValueEnum;

use crate::listen::Url;

/// The shells whose words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Sh,
    Fish,
    Powershell,
}

/// Sets the variables that SDKs and tools look at. The keys are no real ones, so that nothing of this can reach AWS.
pub(crate) fn exports(url: &Url, region: &str, shell: Shell) -> String {
    let url = url.to_string();
    let variables = [
        ("AWS_ENDPOINT_URL_DYNAMODB", url.as_str()),
        ("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", &url),
        ("AWS_REGION", region),
        ("AWS_DEFAULT_REGION", region),
        ("AWS_ACCESS_KEY_ID", "ddbmock"),
        ("AWS_SECRET_ACCESS_KEY", "ddbmock"),
    ];
    // A URL and a region that were read hold no quotes.
    let line = |(name, value): &(&str, &str)| match shell {
        Shell::Sh => format!("export {name}='{value}'\n"),
        Shell::Fish => format!("set -gx {name} '{value}'\n"),
        Shell::Powershell => format!("$env:{name} = '{value}'\n"),
    };
    variables.iter().map(line).collect()
}
