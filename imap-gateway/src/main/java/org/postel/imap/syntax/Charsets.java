package org.postel.imap.syntax;

import java.util.List;

/** Charsets a client may search in (RFC 3501 §6.4.4). */
public final class Charsets {

    /** By their IANA names, in upper case. */
    public static final List<String> SEARCHABLE = List.of("US-ASCII", "UTF-8");

    private Charsets() {
    }
}
