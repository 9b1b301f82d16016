package org.postel.delivery.smtp;

import java.io.IOException;

/** The server that answered has our own name: mail for it would come back to us (RFC 5321 §5.1). */
public final class OurselvesException extends IOException {

    private static final long serialVersionUID = 1L;

    OurselvesException(String name) {
        super("the server at the other end calls itself " + name + ", as we do");
    }
}
