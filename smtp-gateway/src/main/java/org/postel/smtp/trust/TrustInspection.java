package org.postel.smtp.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.Assessment.Voucher;
import org.postel.smtp.command.Inspection;
import org.postel.smtp.syntax.ContentSink;
import org.postel.trust.ForgedResults;
import org.postel.trust.Judgement;
import org.postel.trust.Opinion;
import org.postel.trust.message.Field;

/** Holds the header of one message until it ends, takes out what is forged, and has the body checked while it passes. */
final class TrustInspection implements Inspection {

    private static final int EMPTY_LINE = 2;

    private final Function<List<Field>, Optional<Judgement>> judge;
    private final ForgedResults forged;
    private final DmarcHandling handling;
    private final HeldHeader header;
    private final ContentSink out;
    private Optional<Judgement> judgement = Optional.empty();
    private boolean inBody;

    TrustInspection(Function<List<Field>, Optional<Judgement>> judge, ForgedResults forged, DmarcHandling handling, HeldHeader header,
                    ContentSink out) {
        this.judge = judge;
        this.forged = forged;
        this.handling = handling;
        this.header = header;
        this.out = out;
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        int taken = inBody ? 0 : header.take(octets, offset, length);
        if (!inBody && header.ended()) {
            byte[] held = header.toByteArray();
            beginBody(held, held.length - EMPTY_LINE);
        } else if (!inBody && header.tooLong()) {
            // Refused for that by who looks at it next.
            byte[] held = header.toByteArray();
            out.accept(held, 0, held.length);
            header.close();
            inBody = true;
        }
        if (inBody && taken < length) {
            judgement.ifPresent(open -> open.body(octets, offset + taken, length - taken));
            out.accept(octets, offset + taken, length - taken);
        }
    }

    // The signatures are over the header as it came.
    private void beginBody(byte[] held, int end) {
        List<Field> fields = Field.list(Arrays.copyOf(held, end));
        judgement = judge.apply(fields);
        if (fields.stream().noneMatch(forged::contain)) {
            out.accept(held, 0, held.length);
        } else {
            withoutForged(fields);
            out.accept(held, end, held.length - end);
        }
        header.close();
        inBody = true;
    }

    private void withoutForged(List<Field> fields) {
        for (Field field : fields) {
            if (!forged.contain(field)) {
                byte[] raw = field.raw().getBytes(StandardCharsets.ISO_8859_1);
                out.accept(raw, 0, raw.length);
            }
        }
    }

    @Override
    public void end() {
        if (!inBody && !header.noRoom()) {
            byte[] held = header.toByteArray();
            beginBody(held, held.length);
        }
    }

    @Override
    public boolean starved() {
        return header.noRoom();
    }

    @Override
    public Assessment assess() {
        Optional<Opinion> opinion = judgement.map(Judgement::finish);
        return opinion.map(found -> handling.assess(found.field(), found.dmarc()).vouchedBy(vouchers(found))).orElse(Assessment.NOTHING);
    }

    private static Set<Voucher> vouchers(Opinion opinion) {
        Set<Voucher> vouchers = EnumSet.noneOf(Voucher.class);
        if (opinion.spf()) {
            vouchers.add(Voucher.SPF);
        }
        if (opinion.dkim()) {
            vouchers.add(Voucher.DKIM);
        }
        return vouchers;
    }

    @Override
    public void close() {
        header.close();
    }
}
