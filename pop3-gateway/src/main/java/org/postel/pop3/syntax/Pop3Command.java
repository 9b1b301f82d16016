package org.postel.pop3.syntax;

/** What a client asks for. Message numbers count from 1 (RFC 1939 §5); whether there is such a message is not checked here. */
public sealed interface Pop3Command {

    /** RFC 1939 §7. */
    record User(String name) implements Pop3Command {}

    /** RFC 1939 §7. */
    record Pass(String password) implements Pop3Command {
        @Override
        public String toString() {
            return "Pass[]";
        }
    }

    /** RFC 5034 §4; {@code initialResponse} is not decoded yet, {@code hasInitialResponse} tells whether there is one. */
    record Auth(String mechanism, boolean hasInitialResponse, String initialResponse) implements Pop3Command {
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /** AUTH without a mechanism, as older clients ask for the list of them (in no RFC; answered by most servers). */
    record AuthMechanisms() implements Pop3Command {}

    /** RFC 1939 §7. */
    record Apop() implements Pop3Command {}

    /** RFC 2595 §4. */
    record Stls() implements Pop3Command {}

    /** RFC 2449 §5. */
    record Capa() implements Pop3Command {}

    /** RFC 1939 §5. */
    record Stat() implements Pop3Command {}

    /** RFC 1939 §5, one message. */
    record List(int number) implements Pop3Command {}

    /** RFC 1939 §5, all messages. */
    record ListAll() implements Pop3Command {}

    /** RFC 1939 §7, one message. */
    record Uidl(int number) implements Pop3Command {}

    /** RFC 1939 §7, all messages. */
    record UidlAll() implements Pop3Command {}

    /** RFC 1939 §5. */
    record Retr(int number) implements Pop3Command {}

    /** RFC 1939 §7. */
    record Top(int number, int lines) implements Pop3Command {}

    /** RFC 1939 §5. */
    record Dele(int number) implements Pop3Command {}

    /** RFC 1939 §5. */
    record Noop() implements Pop3Command {}

    /** RFC 1939 §5. */
    record Rset() implements Pop3Command {}

    /** RFC 6856 §2.1. */
    record Utf8() implements Pop3Command {}

    /** RFC 6856 §3.2, a language range. */
    record Lang(String range) implements Pop3Command {}

    /** RFC 6856 §3.2, all languages. */
    record LangAll() implements Pop3Command {}

    /** RFC 1939 §4 and §6. */
    record Quit() implements Pop3Command {}

    /** A keyword of POP3 with arguments it does not take. */
    record Malformed(Verb verb) implements Pop3Command {}

    /** No keyword of POP3. */
    record Unknown() implements Pop3Command {}

    /** A line of HTTP: somebody made a browser send it (ALPACA), so nothing more of it is read. */
    record Http() implements Pop3Command {}
}
