package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.MessageContent;
import org.postel.queue.v1.QueuedMessage;

class OutgoingContentTest {

    private static final String FIELD = "DKIM-Signature: v=1\r\n";

    private final Fixture fixture = new Fixture();

    @Test
    void theFieldsStandBeforeTheMessageEachTimeItIsRead() throws Exception {
        QueuedMessage message = Fixture.message("bob@example.org").toBuilder().setOutgoingFields(FIELD).build();
        MessageContent content = OutgoingContent.of(message, fixture.contents.of(message));
        for (int i = 0; i < 2; i++) {
            assertEquals(FIELD + Fixture.MAIL, new String(content.open().readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertEquals((FIELD + Fixture.MAIL).length(), content.size());
        assertEquals(FIELD + "Rec", new String(content.head(FIELD.length() + 3), StandardCharsets.US_ASCII));
    }

    @Test
    void withoutFieldsItIsTheMessage() {
        QueuedMessage message = Fixture.message("bob@example.org");
        MessageContent content = fixture.contents.of(message);
        assertSame(content, OutgoingContent.of(message, content));
    }
}
