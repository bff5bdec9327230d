"""Certificates for the private servers, made with the openssl command line."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Certificate:
    """PEM files: the chain a server shows, and its key."""

    chain: Path
    key: Path


class Authority:
    """A CA of our own in a folder: `ca_file` is what a client must trust."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.ca_file = folder / "ca.pem"
        self._openssl(
            *("req", "-x509", *KEY, "-days", "30", "-subj", "/CN=private test CA"),
            *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
            *("-keyout", "ca.key", "-out", "ca.pem"),
        )

    def certificate(self, name: str, *, host: str = "localhost", days: int = 30) -> Certificate:
        """A server certificate for `host`; of 0 days: expired."""
        alt = f"subjectAltName=DNS:{host}" + (",IP:127.0.0.1" if host == "localhost" else "")
        usage = "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth"
        (self._folder / f"{name}.ext").write_text(f"{alt}\n{usage}\n")
        self._openssl(
            *("req", *KEY, "-subj", f"/CN={host}"),
            *("-keyout", f"{name}.key", "-out", f"{name}.csr"),
        )
        self._openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
            *("-CAcreateserial", "-days", str(days), "-extfile", f"{name}.ext"),
            *("-out", f"{name}.pem"),
        )
        return Certificate(self._folder / f"{name}.pem", self._folder / f"{name}.key")

    def self_signed(self, name: str) -> Certificate:
        """A certificate for localhost that no CA vouches for."""
        self._openssl(
            *("req", "-x509", *KEY, "-days", "30", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", f"{name}.key", "-out", f"{name}.pem"),
        )
        return Certificate(self._folder / f"{name}.pem", self._folder / f"{name}.key")

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(
            ["openssl", *arguments], cwd=self._folder, check=True, capture_output=True, timeout=30
        )
