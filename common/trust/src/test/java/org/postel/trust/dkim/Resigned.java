package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.postel.trust.message.Field;

/** Adds a tag to a signature of ours, which we would not write, and signs the header anew; the hash of the body stays. */
final class Resigned {

    private Resigned() {
    }

    static String with(String message, String tag, PrivateKey key) {
        String text = message.replaceFirst("v=1;", "v=1; " + tag + ";").replace("\n", "\r\n");
        int end = text.indexOf("\r\n\r\n") + 2;
        List<Field> header = Field.list(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
        Field field = header.getFirst();
        try {
            DkimSignature old = DkimSignature.parse(field);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(new SignedHeader(header).octets(field, old.headers(), old.header()));
            String value = Base64.getEncoder().encodeToString(signature.sign());
            return text.replaceFirst("(?s)\tb=.*?(?=\r\nFrom)", "\tb=" + value).replace("\r\n", "\n");
        } catch (GeneralSecurityException | DkimFaultException e) {
            throw new IllegalStateException(e);
        }
    }
}
