package org.postel.delivery.smtp;

import java.io.IOException;

/** The server does not want to talk to us: it refused with its greeting, or EHLO and HELO both. */
public final class GreetingException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    GreetingException(Reply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    /** What it said. */
    public Reply reply() {
        return reply;
    }
}
