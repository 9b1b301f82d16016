package org.postel.mailbox.scram;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * What must be known of the first message when the second comes. The gateway keeps it meanwhile, so that any pod can go on.
 *
 * @param until           when the exchange is over
 * @param protocol        what the session is to be for
 * @param authorizationId who the client wants to act as
 * @param username        who logs in
 * @param channelBinding  what the client must repeat: its gs2-header, and what this connection has of the type it named
 * @param nonce           both nonces
 * @param bare            client-first-message-bare
 */
record ScramState(Instant until, String protocol, String authorizationId, String username, byte[] channelBinding, String nonce, String bare) {

    byte[] octets() {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            DataOutputStream to = new DataOutputStream(octets);
            to.writeLong(until.toEpochMilli());
            for (String text : new String[] {protocol, authorizationId, username, nonce, bare}) {
                to.writeUTF(text);
            }
            to.write(channelBinding);
            return octets.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("what is in memory cannot fail", e);
        }
    }

    static ScramState of(byte[] octets) {
        try {
            DataInputStream from = new DataInputStream(new ByteArrayInputStream(octets));
            Instant until = Instant.ofEpochMilli(from.readLong());
            String protocol = from.readUTF();
            String authorizationId = from.readUTF();
            String username = from.readUTF();
            String nonce = from.readUTF();
            String bare = from.readUTF();
            return new ScramState(until, protocol, authorizationId, username, from.readAllBytes(), nonce, bare);
        } catch (IOException e) {
            throw new UncheckedIOException("not a state of ours", e);
        }
    }
}
