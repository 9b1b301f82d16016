package org.postel.imap.syntax;

/** {@code thread-alg} of RFC 5256 §5, as they are sent; REFS is that of draft-ietf-morg-inthread. */
public enum ThreadAlgorithm { ORDEREDSUBJECT, REFERENCES, REFS }
