package org.postel.pop3.syntax;

import java.nio.charset.StandardCharsets;

/**
 * The status line of a reply (RFC 1939 §3).
 *
 * @param ok   +OK or -ERR
 * @param code the response code (RFC 2449 §8)
 * @param text for people; never what a client sent
 */
public record Reply(boolean ok, Code code, String text) {

    /** RFC 2449 §8, RFC 3206 §4 and §5, RFC 6856 §5. */
    public enum Code {
        /** No code is sent. */
        NONE(""),
        /** Somebody else has the maildrop (RFC 2449 §8.1.2). */
        IN_USE("[IN-USE] "),
        /** The last log-in was a moment ago (RFC 2449 §8.1.1). */
        LOGIN_DELAY("[LOGIN-DELAY] "),
        /** What is asked for has characters outside ASCII (RFC 6856 §5). */
        UTF8("[UTF8] "),
        /** The credentials were wrong, or the account may not use POP3 (RFC 3206 §5). */
        AUTH("[AUTH] "),
        /** Trying again later may help (RFC 3206 §4). */
        SYS_TEMP("[SYS/TEMP] ");

        private final String prefix;

        Code(String prefix) {
            this.prefix = prefix;
        }
    }

    static Reply ok(String text) {
        return new Reply(true, Code.NONE, text);
    }

    static Reply err(String text) {
        return err(Code.NONE, text);
    }

    static Reply err(Code code, String text) {
        return new Reply(false, code, text);
    }

    /** Whether the client did what it should not have: not what the server lacks, and not what another session holds. */
    public boolean mistake() {
        return switch (code) {
            case NONE, AUTH -> !ok;
            case IN_USE, LOGIN_DELAY, UTF8, SYS_TEMP -> false;
        };
    }

    /** The line without its CRLF. */
    public String line() {
        return (ok ? "+OK " : "-ERR ") + code.prefix + text;
    }

    /** The line with its CRLF. */
    public byte[] octets() {
        return (line() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
