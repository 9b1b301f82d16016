package org.postel.mailbox.admin;

import jakarta.ws.rs.core.Response;

/**
 * What went wrong, for a person and a program: RFC 9457 §3.
 *
 * @param title  in words, the same for each status
 * @param status the HTTP status
 * @param detail what is wrong this time
 */
public record Problem(String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Response response(Response.Status status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }
}
