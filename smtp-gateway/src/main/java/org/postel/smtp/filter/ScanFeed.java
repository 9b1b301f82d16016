package org.postel.smtp.filter;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;

/**
 * One message on its way to a scanner. The scanner is not called before there is much of it, or all: else slow clients would hold
 * its connections. A scanner that fails gets no more of the message.
 */
final class ScanFeed implements ContentSink, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ScanFeed.class);
    private static final int HELD = 32 * 1024;

    private final Scanner scanner;
    private final Addressing envelope;
    private final Peer peer;
    private final ContentBudget budget;
    private final long most;
    private Optional<Scanner.Scan> scan = Optional.empty();
    private byte[] held = new byte[0];
    private int filled;
    private long size;
    private boolean failed;

    /** @param most octets of a message that is looked at */
    ScanFeed(Scanner scanner, Addressing envelope, Peer peer, ContentBudget budget, long most) {
        this.scanner = scanner;
        this.envelope = envelope;
        this.peer = peer;
        this.budget = budget;
        this.most = most;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        size += length;
        if (failed || tooLarge()) {
            close();
            return;
        }
        try {
            if (scan.isEmpty() && mayHold(length)) {
                System.arraycopy(octets, offset, held, filled, length);
                filled += length;
            } else {
                begin(OptionalLong.empty()).write(octets, offset, length);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private boolean mayHold(int length) {
        if (held.length == 0 && budget.acquire(HELD)) {
            held = new byte[HELD];
        }
        return filled + length <= held.length;
    }

    private Scanner.Scan begin(OptionalLong whole) throws IOException {
        if (scan.isEmpty()) {
            scan = Optional.of(scanner.open(envelope, peer, whole));
            scan.get().write(held, 0, filled);
            letGo();
        }
        return scan.get();
    }

    /** Whether the message has more octets than are looked at. */
    boolean tooLarge() {
        return size > most;
    }

    /** What was found; empty when the scanner failed. */
    Optional<Assessment> finish() {
        if (failed) {
            return Optional.empty();
        }
        try {
            return Optional.of(begin(OptionalLong.of(size)).finish());
        } catch (IOException | RuntimeException e) {
            fail(e);
            return Optional.empty();
        } finally {
            close();
        }
    }

    private void fail(Exception e) {
        LOG.warnf("the message could not be scanned: %s", e.getMessage());
        failed = true;
        close();
    }

    private void letGo() {
        if (held.length > 0) {
            budget.release(HELD);
        }
        held = new byte[0];
        filled = 0;
    }

    @Override
    public void close() {
        scan.ifPresent(Scanner.Scan::close);
        scan = Optional.empty();
        letGo();
    }
}
