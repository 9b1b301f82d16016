package org.postel.pop3.session;

import org.postel.pop3.syntax.Reply;

/** What is to be done for one command. */
public sealed interface Step {

    /** Say this. */
    record Answer(Pop3State next, Reply reply) implements Step {}

    /** Say this, then the lines, then a dot (RFC 1939 §3). No line begins with a dot. The lines are made as they are sent. */
    record Lines(Pop3State next, Reply reply, Iterable<String> lines) implements Step {}

    /** Send a message, whole (RETR). */
    record SendMessage(Pop3State.Transaction next, int number) implements Step {}

    /** Send a message's header and some lines of its body (TOP). */
    record SendTop(Pop3State.Transaction next, int number, int lines) implements Step {}

    /** See whether name and password belong together, and log in. */
    record CheckPassword(String user, String password) implements Step {
        @Override
        public String toString() {
            return "CheckPassword[" + user + "]";
        }
    }

    /** Have a SASL exchange (RFC 5034 §4). */
    record Authenticate(String mechanism, boolean hasInitialResponse, String initialResponse) implements Step {
        @Override
        public String toString() {
            return "Authenticate[" + mechanism + "]";
        }
    }

    /** Say this, turn TLS on, forget what was said before (RFC 2595 §4). */
    record StartTls(Reply reply) implements Step {}

    /** Say this; from here on the client takes UTF-8 (RFC 6856 §2.1). */
    record UseUtf8(Reply reply) implements Step {}

    /** Delete what was marked, say how it went, and hang up (RFC 1939 §6). */
    record Commit(Pop3State.Update update) implements Step {}

    /** Say this and hang up. */
    record Hangup(Reply reply) implements Step {}

    /** Hang up without a word. */
    record Drop() implements Step {}
}
