package org.postel.mail.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts runs of blanks that are longer than a line may be (RFC 5322 §2.1.1). A decoder of quoted-printable holds a run back
 * until it knows whether the line ends behind it, so a message of nothing but blanks would be held whole.
 */
final class ShortBlanks extends FilterInputStream {

    private static final int LONGEST_RUN = 998;

    private int run;

    ShortBlanks(InputStream source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int kept = 0;
        while (kept == 0 && length > 0) {
            int count = super.read(into, offset, length);
            if (count < 0) {
                return -1;
            }
            for (int i = offset; i < offset + count; i++) {
                run = RawField.isBlank(into[i]) ? run + 1 : 0;
                if (run <= LONGEST_RUN) {
                    into[offset + kept++] = into[i];
                }
            }
        }
        return kept;
    }
}
