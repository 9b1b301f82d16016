package org.postel.mailbox.web;

import io.vertx.core.json.JsonObject;

/**
 * What programs read that know PACC (draft-ietf-mailmaint-pacc-02): the host of each protocol, reached at its standard port with TLS first, and
 * how its users prove who they are. The octets for a domain are always the same, for their SHA-256 stands in DNS.
 */
final class PaccDocument {

    private final String host;

    /** @param host where mail programs connect */
    PaccDocument(String host) {
        this.host = host;
    }

    String of(String domain) {
        JsonObject server = new JsonObject().put("host", host);
        return new JsonObject()
                .put("protocols", new JsonObject().put("imap", server).put("pop3", server).put("smtp", server))
                .put("authentication", new JsonObject().put("password", true))
                .put("info", new JsonObject().put("provider", new JsonObject().put("name", domain))).encode();
    }
}
