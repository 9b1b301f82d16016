#!/usr/bin/python3
"""Makes the messages of this folder, and the public key in key.txt, with dkimpy (Debian: python3-dkim), which is no code of ours.

Run: /usr/bin/python3 make-chains.py
"""
import base64
import pathlib
import subprocess

import dkim

HERE = pathlib.Path(__file__).parent
MESSAGE = (b"From: Alice <alice@author.test>\r\nTo: list@one.test\r\nSubject: about   links\r\n"
           b"Date: Sun, 1 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@author.test>\r\n\r\nHello,\r\n\r\nthis is  it. \r\n\r\n")


def pem_key():
    made = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], check=True, capture_output=True, input=made.stdout)
    return made.stdout, base64.b64encode(public.stdout).decode()


def received(message, host, arc=None):
    results = b"Authentication-Results: " + host + b"; spf=pass smtp.mailfrom=author.test" + (b"; arc=" + arc if arc else b"") + b"\r\n"
    return b"Received: from x by " + host + b"; Sun, 1 Mar 2026 12:00:01 +0000\r\n" + results + message


def sealed(message, host, key):
    return b"".join(dkim.arc_sign(message, b"s1", host, key, host, timestamp=1772366401)) + message


def keep(name, message):
    # With LF, as every text file here; who reads them makes CRLF of it.
    (HERE / name).write_bytes(message.replace(b"\r\n", b"\n"))


def main():
    key, public = pem_key()
    (HERE / "key.txt").write_text("v=DKIM1; k=rsa; p=" + public + "\n")
    one = sealed(received(MESSAGE, b"one.test"), b"one.test", key)
    keep("one-link.eml", one)
    # A mailing list changes subject and body, so the first link is true of the past only.
    changed = one.replace(b"Subject: ", b"Subject: [list] ") + b"-- \r\nto leave the list, write to us\r\n"
    two = sealed(received(changed, b"two.test", b"pass"), b"two.test", key)
    keep("two-links.eml", two)
    keep("three-links.eml", sealed(received(two, b"three.test", b"pass"), b"three.test", key))


main()
