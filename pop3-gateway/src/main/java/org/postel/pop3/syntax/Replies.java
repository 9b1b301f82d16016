package org.postel.pop3.syntax;

import static org.postel.pop3.syntax.Reply.err;
import static org.postel.pop3.syntax.Reply.ok;

import org.postel.pop3.syntax.Reply.Code;

/** Every text a client can get. */
public final class Replies {

    public static final Reply OK = ok("done");
    public static final Reply CAPABILITIES = ok("capabilities follow");
    public static final Reply MECHANISMS = ok("mechanisms follow");
    public static final Reply BEGIN_TLS = ok("begin TLS");
    // RFC 1939 §7 and SAFETY row 23: the same for every name.
    public static final Reply SEND_PASSWORD = ok("send the password");
    public static final Reply BYE = ok("bye");
    public static final Reply UNIQUE_IDS = ok("unique ids follow");
    public static final Reply TOP_FOLLOWS = ok("top of message follows");

    public static final Reply UTF8_ON = ok("UTF-8 from here on");
    public static final Reply LANGUAGES = ok("languages follow");
    // RFC 6856 §3.2: the language tag comes first.
    public static final Reply ENGLISH = ok("en texts are in English");

    public static final Reply UNKNOWN = err("no such command");
    public static final Reply MALFORMED = err("the arguments of this command are wrong");
    public static final Reply LINE_TOO_LONG = err("line too long");
    public static final Reply BARE_LINE_END = err("lines end in CRLF");
    public static final Reply TOO_MANY_ERRORS = err("too many errors");
    public static final Reply NOT_NOW = err("not in this state");
    public static final Reply NO_SUCH_MESSAGE = err("no such message");
    public static final Reply NO_SUCH_LANGUAGE = err("no such language");
    public static final Reply NEEDS_UTF8 = err(Code.UTF8, "this message needs UTF-8, send UTF8 before the log-in");
    public static final Reply EARLY = err(Code.LOGIN_DELAY, "logged in a moment ago, come again later");
    public static final Reply USER_FIRST = err("USER first");
    public static final Reply NO_APOP = err("APOP is not offered");
    public static final Reply NO_TLS = err("TLS is not available");
    public static final Reply TLS_IS_ON = err("TLS is on already");
    public static final Reply TLS_FIRST = err("passwords only under TLS: send STLS first");
    public static final Reply NO_SUCH_MECHANISM = err("no such mechanism");
    public static final Reply BAD_BASE64 = err("not base64");
    public static final Reply CANCELLED = err("authentication cancelled");
    public static final Reply BAD_MESSAGE = err("malformed authentication message");
    public static final Reply WRONG_CREDENTIALS = err(Code.AUTH, "wrong name or password");
    public static final Reply ACCOUNT_DISABLED = err(Code.AUTH, "POP3 is switched off for this account");
    public static final Reply SESSION_ENDED = err(Code.AUTH, "the session has ended, log in again");
    public static final Reply TOO_MANY_FAILURES = err(Code.SYS_TEMP, "too many failed logins, try again later");
    public static final Reply UNAVAILABLE = err(Code.SYS_TEMP, "mail store not available, try again later");
    public static final Reply IN_USE = err(Code.IN_USE, "another session has this maildrop");
    public static final Reply NOT_DELETED = err(Code.SYS_TEMP, "the messages marked as deleted could not be removed");
    public static final Reply TOO_MANY_CONNECTIONS = err(Code.SYS_TEMP, "too many connections, try again later");
    public static final Reply SHUTTING_DOWN = err(Code.SYS_TEMP, "server is shutting down, connect again");
    public static final Reply INTERNAL = err(Code.SYS_TEMP, "internal error");

    private Replies() {}

    /** RFC 1939 §4. Without the angle brackets that would offer APOP (RFC 1939 §7). */
    public static Reply greeting(String hostname) {
        return ok(hostname + " POP3 ready");
    }

    /** RFC 1939 §5, PASS and AUTH. */
    public static Reply loggedIn(int messages, long octets) {
        return ok("maildrop has " + messages + " messages (" + octets + " octets)");
    }

    /** RFC 1939 §5, STAT: number of messages, SP, octets. */
    public static Reply stat(int messages, long octets) {
        return ok(messages + " " + octets);
    }

    /** RFC 1939 §5, LIST: what follows. */
    public static Reply listing(int messages, long octets) {
        return ok(messages + " messages (" + octets + " octets)");
    }

    /** RFC 1939 §5, LIST of one message. */
    public static Reply scanListing(int number, long octets) {
        return ok(number + " " + octets);
    }

    /** RFC 1939 §7, UIDL of one message. */
    public static Reply uniqueId(int number, String id) {
        return ok(number + " " + id);
    }

    /** RFC 1939 §5, RETR. */
    public static Reply message(long octets) {
        return ok(octets + " octets");
    }
}
