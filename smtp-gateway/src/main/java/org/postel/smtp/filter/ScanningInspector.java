package org.postel.smtp.filter;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.ContentBudget;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;
import org.postel.smtp.syntax.Reply;

/**
 * Has a scanner look at each mail while it passes, and goes by what it finds.
 *
 * @param next      looks at the mail before; what it lets through is scanned
 * @param most      octets of a message that is looked at; a larger one comes in
 * @param onFailure what becomes of mail that could not be looked at
 */
public record ScanningInspector(Inspector next, Scanner scanner, long most, OnFailure onFailure) implements Inspector {

    private static final Logger LOG = Logger.getLogger(ScanningInspector.class);
    static final Reply NOT_SCANNED = Reply.of(451, "4.7.1", "Cannot check the message now; try again later");

    @Override
    public Inspection open(Addressing envelope, Peer peer, ContentSink out, ContentBudget budget) {
        ScanFeed feed = new ScanFeed(scanner, envelope, peer, budget, most);
        return new Scanned(next.open(envelope, peer, (octets, offset, length) -> {
            out.accept(octets, offset, length);
            feed.accept(octets, offset, length);
        }, budget), feed);
    }

    private final class Scanned extends Passing {

        private final ScanFeed feed;

        private Scanned(Inspection before, ScanFeed feed) {
            super(before);
            this.feed = feed;
        }

        @Override
        public Assessment assess() {
            Assessment found = before();
            if (found.refusal().isPresent() || feed.tooLarge()) {
                return found;
            }
            Optional<Assessment> scanned = feed.finish();
            if (scanned.isEmpty()) {
                return onFailure == OnFailure.TEMPFAIL ? Assessment.refused(NOT_SCANNED) : found;
            }
            return scanned.get().refusal().isPresent() ? scanned.get() : found.and(scanned.get().fields(), scanned.get().junk());
        }

        // A bug of ours in what looks at mail before costs its judgement: it must not get malware in.
        private Assessment before() {
            try {
                return super.assess();
            } catch (RuntimeException e) {
                LOG.error("the message is scanned without judgement", e);
                return Assessment.NOTHING;
            }
        }

        @Override
        public void close() {
            feed.close();
            super.close();
        }
    }
}
