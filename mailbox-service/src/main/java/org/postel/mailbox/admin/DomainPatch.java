package org.postel.mailbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.LocalDomain;
import org.postel.mailbox.sending.OwnLimits;

/** A JSON merge patch (RFC 7396) of a domain: what it does not name stays as it is. */
final class DomainPatch implements Administration.Limiting {

    private final JsonNode patch;

    private DomainPatch(JsonNode patch) {
        this.patch = patch;
    }

    /**
     * From what a client sent.
     *
     * @throws DirectoryException INVALID when it is no JSON object
     */
    static DomainPatch of(String body) throws DirectoryException {
        return new DomainPatch(MergePatch.of(body, "a domain"));
    }

    @Override
    public OwnLimits of(LocalDomain before) throws DirectoryException {
        OwnLimits sending = before.sending();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (!field.getKey().equals("sending")) {
                throw MergePatch.invalid("the field \"" + field.getKey() + "\" cannot be set");
            }
            sending = SendingView.merge(sending, field.getValue());
        }
        return sending;
    }
}
