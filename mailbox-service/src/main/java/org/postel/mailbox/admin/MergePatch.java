package org.postel.mailbox.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.postel.mailbox.directory.DirectoryException;

/** The body of a PATCH: a JSON merge patch (RFC 7396). */
final class MergePatch {

    /** All that may be set of anything, in full, is shorter. */
    private static final int LONGEST = 256 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private MergePatch() {}

    /**
     * From what a client sent.
     *
     * @param what it is of, for the client
     * @throws DirectoryException INVALID when it is no JSON object
     */
    static JsonNode of(String body, String what) throws DirectoryException {
        if (body == null || body.length() > LONGEST) {
            throw invalid("a merge patch has 1 to " + LONGEST + " characters");
        }
        try {
            JsonNode patch = JSON.readTree(body);
            if (!patch.isObject()) {
                throw invalid("a merge patch of " + what + " is a JSON object");
            }
            return patch;
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON");
        }
    }

    static DirectoryException invalid(String text) {
        return new DirectoryException(DirectoryException.Fault.INVALID, text);
    }
}
