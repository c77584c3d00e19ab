"""What the shipped programs are linked from, as a CycloneDX bill of materials.

    cargo metadata … | python sbom.py Cargo.lock OUT PROGRAM…

Reads the resolved dependencies from standard input, follows the normal ones from the packages of the programs, and
refuses to write what is not valid CycloneDX or lacks a hash or a licence.
"""

import json
import sys
import tomllib
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL


def linked(nodes, roots):
    """The packages that these are linked from, through normal dependencies of the platform asked for."""
    found, waiting = {}, list(roots)
    while waiting:
        package = waiting.pop()
        if package not in found:
            normal = [dep["pkg"] for dep in nodes[package]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
            found[package] = normal
            waiting += normal
    return found


def component(package, checksums, programs):
    name, version = package["name"], package["version"]
    of_ours = package["source"] is None
    checksum = checksums.get((name, version))
    if not package["license"] or not (of_ours or checksum):
        sys.exit(f"{name} {version} has no licence or no hash")
    return Component(
        type=ComponentType("application" if name in programs else "library"),
        name=name,
        version=version,
        bom_ref=f"{name}@{version}",
        purl=None if of_ours else PackageURL("cargo", None, name, version),
        licenses=[LicenseExpression(package["license"].replace("/", " OR "))],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=checksum)] if checksum else None,
    )


lock, out, *programs = sys.argv[1:]
metadata = json.load(sys.stdin)
packages = {package["id"]: package for package in metadata["packages"]}
roots = [id for id in metadata["workspace_members"] if packages[id]["name"] in programs]
if len(roots) != len(programs):
    sys.exit(f"not every one of {programs} is a package of the workspace")
checksums = {(line["name"], line["version"]): line.get("checksum") for line in tomllib.loads(Path(lock).read_text())["package"]}

found = linked({node["id"]: node for node in metadata["resolve"]["nodes"]}, roots)
components = {id: component(packages[id], checksums, programs) for id in sorted(found)}
project = Component(type=ComponentType.APPLICATION, name="hoithi", version=packages[roots[0]]["version"], bom_ref="hoithi")
bom = Bom(components=components.values(), metadata=BomMetaData(component=project))
bom.register_dependency(project, [components[id] for id in roots])
for id, dependencies in found.items():
    bom.register_dependency(components[id], [components[dependency] for dependency in dependencies])

text = JsonV1Dot6(bom).output_as_string(indent=2)
invalid = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
if invalid:
    sys.exit(f"not CycloneDX: {invalid}")
Path(out).write_text(text, "utf-8")
print(f"{out}: {len(components)} components")
