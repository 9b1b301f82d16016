package org.postel.mailbox.scram;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of SCRAM-SHA-256 that can be made to lie. */
public final class ScramClient {

    private static final Pattern SERVER_FIRST = Pattern.compile("r=([^,]+),s=([^,]+),i=(\\d+)");
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;

    private final String gs2Header;
    private final byte[] bound;
    private final String bare;
    private final String password;
    private String expected = "";

    /**
     * @param gs2Header such as {@code n,,}
     * @param bound     what it binds itself to
     */
    public ScramClient(String gs2Header, byte[] bound, String username, String password) {
        this.gs2Header = gs2Header;
        this.bound = bound;
        this.bare = "n=" + username + ",r=fyko+d2lbbFgONRv9qkxdawL";
        this.password = password;
    }

    /** Without a channel binding. */
    public static ScramClient of(String username, String password) {
        return new ScramClient("n,,", new byte[0], username, password);
    }

    public byte[] first() {
        return octets(gs2Header + bare);
    }

    /** The answer to the server's first message. */
    public byte[] last(byte[] serverFirst) {
        String asked = new String(serverFirst, StandardCharsets.UTF_8);
        Matcher parts = matched(asked);
        byte[] salted = ScramFunctions.saltedPassword(SHA_256, StringPreparation.POSTGRESQL_PREPARATION, password.toCharArray(),
                Base64.getDecoder().decode(parts.group(2)), Integer.parseInt(parts.group(3)));
        String withoutProof = "c=" + base64(joined()) + ",r=" + parts.group(1);
        String authMessage = bare + "," + asked + "," + withoutProof;
        byte[] clientKey = ScramFunctions.clientKey(SHA_256, salted);
        byte[] signature = ScramFunctions.clientSignature(SHA_256, ScramFunctions.storedKey(SHA_256, clientKey), authMessage);
        expected = "v=" + base64(ScramFunctions.serverSignature(SHA_256, ScramFunctions.serverKey(SHA_256, salted), authMessage));
        return octets(withoutProof + ",p=" + base64(ScramFunctions.clientProof(clientKey, signature)));
    }

    /** Whether the server has the password's keys too. */
    public boolean believes(byte[] serverFinal) {
        return expected.equals(new String(serverFinal, StandardCharsets.UTF_8));
    }

    /** Salt and iterations of the server's first message. */
    public static String asked(byte[] serverFirst) {
        Matcher parts = matched(new String(serverFirst, StandardCharsets.UTF_8));
        return parts.group(2) + " " + parts.group(3);
    }

    private static Matcher matched(String serverFirst) {
        Matcher parts = SERVER_FIRST.matcher(serverFirst);
        if (!parts.matches()) {
            throw new IllegalArgumentException(serverFirst);
        }
        return parts;
    }

    private byte[] joined() {
        byte[] header = octets(gs2Header);
        byte[] both = Arrays.copyOf(header, header.length + bound.length);
        System.arraycopy(bound, 0, both, header.length, bound.length);
        return both;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
