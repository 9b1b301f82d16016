package org.postel.mailbox.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.postel.mailbox.directory.DirectoryException;

/** Entity tags (RFC 9110 §8.8.3): of two states of a thing no two have the same. */
final class EntityTags {

    private static final int OCTETS = 12;

    private EntityTags() {}

    /** The strong tag of what is shown. */
    static String of(String shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, OCTETS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Holds a change to what its client saw: RFC 9110 §13.1.1.
     *
     * @param ifMatch the field's value; null where the client takes any state
     * @throws DirectoryException CHANGED when it saw another state
     */
    static void check(String ifMatch, String now) throws DirectoryException {
        boolean same = ifMatch == null || Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(tag -> tag.equals("*") || tag.equals(now));
        if (!same) {
            throw new DirectoryException(DirectoryException.Fault.CHANGED, "it was changed meanwhile; read it again");
        }
    }
}
