//! What cargo knows of the crates: their licences, and which needs which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::project::output;

/// Every crate of the workspace and of what it needs on this kind of machine.
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
}

/// One crate.
pub(super) struct Package {
    id: String,
    pub(super) name: String,
    pub(super) licence: Option<String>,
    /// The ids of what it needs to be built and run, without what only its tests need.
    needs: BTreeSet<String>,
}

impl Metadata {
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let rustc = output(Command::new("rustc").arg("-vV"), root)?;
        let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let mut cargo = crate::cargo();
        let arguments =
            ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host];
        let text = output(cargo.args(arguments), root)?;
        let value: Value = serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
        let mut needs: BTreeMap<String, BTreeSet<String>> = list(&value["resolve"]["nodes"])
            .iter()
            .map(|node| (text_of(&node["id"]), node_needs(node)))
            .collect();
        let package = |package: &Value| {
            let id = text_of(&package["id"]);
            Package {
                name: text_of(&package["name"]),
                licence: package["license"].as_str().map(str::to_owned),
                needs: needs.remove(&id).unwrap_or_default(),
                id,
            }
        };
        Ok(Self { packages: list(&value["packages"]).iter().map(package).collect() })
    }

    /// The names of what a crate needs itself.
    pub(super) fn direct(&self, name: &str) -> BTreeSet<&str> {
        self.named(name)
            .into_iter()
            .flat_map(|package| self.below(package))
            .map(|below| below.name.as_str())
            .collect()
    }

    /// The names of all that a crate needs, whatever brings it.
    pub(super) fn tree(&self, name: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Package> = self.named(name).into_iter().collect();
        while let Some(package) = open.pop() {
            open.extend(self.below(package).filter(|below| found.insert(below.name.as_str())));
        }
        found
    }

    fn named(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    fn below<'a>(&'a self, package: &'a Package) -> impl Iterator<Item = &'a Package> {
        self.packages.iter().filter(|other| package.needs.contains(&other.id))
    }
}

fn node_needs(node: &Value) -> BTreeSet<String> {
    let is_normal = |need: &&Value| list(&need["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
    list(&node["deps"]).iter().filter(is_normal).map(|need| text_of(&need["pkg"])).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
