package org.postel.mailbox.content;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.postel.mail.mime.MessageStructure;
import org.postel.mail.mime.MimeLimits;
import org.postel.mail.mime.MimeScanner;
import org.postel.mail.mime.Preview;

/** Takes a message apart as its octets come; keeps its beginning, for the preview. */
public final class MessageScan {

    /** Octets: a longer header than this leaves a message without a preview until somebody asks for it. */
    private static final int BEGINNING = 32 << 10;

    private final MimeScanner scanner = new MimeScanner(MimeLimits.DEFAULT);
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final int kept;

    public MessageScan() {
        this(BEGINNING);
    }

    /** @param kept octets that are kept for the preview */
    public MessageScan(int kept) {
        this.kept = kept;
    }

    /**
     * What was found.
     *
     * @param preview empty when its text begins too late
     */
    public record Scanned(MessageStructure structure, Optional<String> preview) {}

    /** The next octets. */
    public void update(ByteString octets) {
        byte[] scanned = octets.toByteArray();
        scanner.update(scanned, 0, scanned.length);
        beginning.write(scanned, 0, Math.min(scanned.length, kept - beginning.size()));
    }

    /** All octets came. */
    public Scanned finish() {
        MessageStructure structure = scanner.finish();
        return new Scanned(structure, Preview.of(structure.body(), beginning.toByteArray()));
    }
}
