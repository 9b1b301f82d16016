package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5092 §5, as far as RFC 4469 §3 takes it. */
class ImapUrlTest {

    private static final Section WHOLE = new Section(List.of(), new Section.Kind.Whole());

    @Test
    void ofAMessageAndOfItsParts() throws SyntaxException {
        assertEquals(new ImapUrl(Optional.of(new MailboxName("Drafts")), OptionalLong.of(385759045), 20,
                new Section(List.of(1), new Section.Kind.Mime()), Optional.empty()), ImapUrl.parse("/Drafts;UIDVALIDITY=385759045/;UID=20/;section=1.MIME"));
        assertEquals(new ImapUrl(Optional.of(new MailboxName("a/b\u00fc;")), OptionalLong.empty(), 4294967295L, WHOLE,
                Optional.of(new FetchItem.Partial(3, 4))), ImapUrl.parse("/a/b%C3%bc%3B/;uid=4294967295/;PARTIAL=3.4"));
        assertEquals(new ImapUrl(Optional.empty(), OptionalLong.empty(), 1, new Section(List.of(), new Section.Kind.Fields(false, List.of("To"))),
                Optional.of(new FetchItem.Partial(3, 0xFFFF_FFFFL))), ImapUrl.parse(";UID=1/;SECTION=HEADER.FIELDS%20(To)/;PARTIAL=3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "x", "imap://host/INBOX/;UID=1", "INBOX/;UID=1", "/INBOX;UID=1", "/INBOX/;UID=0", "/INBOX/;UID=", "/INBOX/;UID=1/;SECTION=x",
        "/INBOX/;UID=1/;PARTIAL=1.0", "/INBOX/;UID=1/;PARTIAL=1/;SECTION=1", "/INBOX/;UID=1/;URLAUTH=x", "/INBOX;UIDVALIDITY=x/;UID=1", "/%4/;UID=1",
        "/%fc/;UID=1", "//host/INBOX/;UID=4294967296", "/INBOX/;UID=1/;SECTION=1]"})
    void whatIsNoneIsRefused(String url) {
        assertThrows(SyntaxException.class, () -> ImapUrl.parse(url));
    }
}
