package org.postel.clients;

/**
 * What a client does at one gateway, or at several.
 *
 * @param open connections that are open
 * @param connections that were opened within the last minute
 * @param recipients that it named within the last minute without a login; SMTP alone has them
 */
public record ClientActivity(int open, int connections, int recipients) {

    static final ClientActivity NONE = new ClientActivity(0, 0, 0);

    ClientActivity and(ClientActivity other) {
        return new ClientActivity(open + other.open, connections + other.connections, recipients + other.recipients);
    }
}
