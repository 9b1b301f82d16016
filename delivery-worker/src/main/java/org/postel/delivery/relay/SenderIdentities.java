package org.postel.delivery.relay;

import java.util.Map;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;

/**
 * As whom we connect for mail of which sender.
 *
 * @param usual for the null reverse-path too
 * @param ofDomains by the domain of the reverse-path, in A-labels and lower case
 */
public record SenderIdentities(ClientIdentity usual, Map<String, ClientIdentity> ofDomains) {

    /** An unchangeable copy. */
    public SenderIdentities {
        ofDomains = Map.copyOf(ofDomains);
    }

    /** The same for everybody. */
    public static SenderIdentities allAs(String hostname) {
        return new SenderIdentities(ClientIdentity.of(hostname), Map.of());
    }

    ClientIdentity of(String reversePath) {
        try {
            return ofDomains.isEmpty() || reversePath.isEmpty() ? usual
                    : ofDomains.getOrDefault(Mailbox.parse(reversePath).host().canonical(), usual);
        } catch (AddressSyntaxException e) {
            return usual;
        }
    }
}
