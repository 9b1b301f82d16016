package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postel.trust.message.Field;

class DkimSignatureTest {

    @Test
    void moreThanAThousandSignedFieldsAreRefused() throws DkimFaultException {
        assertEquals(1000, DkimSignature.parse(signature("from" + ":to".repeat(999))).headers().size());
        assertEquals("too many names in h=", assertThrows(DkimFaultException.class, () -> DkimSignature.parse(signature("from" + ":to".repeat(1000)))).getMessage());
        assertEquals("too many names in h=", assertThrows(DkimFaultException.class, () -> DkimSignature.parse(signature("from" + ":".repeat(1000)))).getMessage());
    }

    private static Field signature(String names) {
        String text = "DKIM-Signature: v=1; a=rsa-sha256; d=example.test; s=key; h=" + names + "; bh=AAAA; b=AAAA\r\n";
        return Field.list(text.getBytes(StandardCharsets.ISO_8859_1)).getFirst();
    }
}
