"""Encryption between tablet and computer: a certificate that is given, or a fresh one for this session."""

import ipaddress
import secrets
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from coprod.kernel.problem import BadInputError
from coprod.kernel.unshown import Unshown

LASTS = timedelta(days=2)


class Encryption(Unshown, frozen=True):
    """What the server encrypts with, and the certificate's SHA-256 for comparing by eye."""

    context: ssl.SSLContext
    fingerprint: str


def fresh_encryption(host: str) -> Encryption:
    """Give encryption with a certificate made now for one address; its key lives in this process only."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(host, key)
    password = secrets.token_bytes(32)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password),
    )
    context = _context()
    # The ssl module reads keys from files only: this one is locked with a password that is never written.
    with tempfile.TemporaryDirectory(prefix="coprod-") as folder:
        path = Path(folder, "certificate.pem")
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + locked)
        context.load_cert_chain(path, password=password)
    return Encryption(context, _by_eye(certificate))


def given_encryption(certificate: Path, key: Path) -> Encryption:
    """Give encryption with files a service already has. Raises BadInputError when they cannot be used."""
    context = _context()
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
        read = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError):
        raise BadInputError.of(
            certificate,
            "this certificate cannot be used with this key",
            "give a PEM certificate and its own key without a password",
        ) from None
    return Encryption(context, _by_eye(read))


def _certificate(host: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "coprod session")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_named(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _no_password() -> bytes:
    """Stand in for the question that the ssl module would put to a terminal."""
    return b""


def _by_eye(certificate: x509.Certificate) -> str:
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
