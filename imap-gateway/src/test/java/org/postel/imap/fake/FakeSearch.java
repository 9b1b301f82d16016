package org.postel.imap.fake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchKey;
import org.roaringbitmap.RoaringBitmap;

/** The keys of SEARCH over the octets of a message as they are. */
record FakeSearch(FakeMailbox mailbox) {

    RoaringBitmap within(RoaringBitmap uids, SearchKey key) {
        RoaringBitmap found = new RoaringBitmap();
        uids.forEach((int uid) -> {
            if (matches(uid, key)) {
                found.add(uid);
            }
        });
        return found;
    }

    private boolean matches(int uid, SearchKey key) {
        String content = new String(mailbox.content(uid), StandardCharsets.UTF_8);
        return switch (key.getKeyCase()) {
            case ALL -> true;
            case AND -> key.getAnd().getKeyList().stream().allMatch(inner -> matches(uid, inner));
            case OR -> key.getOr().getKeyList().stream().anyMatch(inner -> matches(uid, inner));
            case NOT -> !matches(uid, key.getNot());
            case UIDS -> UidSet.parse(key.getUids()).contains(uid);
            case FLAG -> mailbox.flag(key.getFlag()).contains(uid);
            case HEADER -> FakeSummaries.field(content, capitalised(key.getHeader().getField()))
                    .filter(value -> contains(value, key.getHeader().getContains())).isPresent();
            case BODY -> contains(content.substring(Math.max(0, content.indexOf("\r\n\r\n"))), key.getBody());
            case TEXT -> contains(content, key.getText());
            case LARGER -> mailbox.content(uid).length > key.getLarger();
            case SMALLER -> mailbox.content(uid).length < key.getSmaller();
            case ARRIVED -> key.getArrived().getSince() == mailbox.summary(uid).getInternalDate() >= key.getArrived().getMoment();
            case SAVED_DAY -> key.getSavedDay().getEpochDay() == Math.floorDiv(mailbox.summary(uid).getSavedAt(), 86_400_000L);
            case EMAIL_ID -> mailbox.messageId(uid).equals(key.getEmailId());
            case INTERNAL_DAY, SENT_DAY, MODSEQ, KEY_NOT_SET -> false;
        };
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static String capitalised(String field) {
        return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1).toLowerCase(Locale.ROOT);
    }
}
