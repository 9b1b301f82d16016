package org.postel.mail.mime;

import java.util.List;

/** Content-Disposition (RFC 2183). */
public record Disposition(Octets type, List<Parameter> parameters) {

    public Disposition {
        parameters = List.copyOf(parameters);
    }
}
