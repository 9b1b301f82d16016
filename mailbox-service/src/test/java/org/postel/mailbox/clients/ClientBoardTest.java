package org.postel.mailbox.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.identity.Caller;

/** SAFETY row 19: what one gateway tells, the others of its kind read. */
class ClientBoardTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
    private static final Duration VALID = Duration.ofSeconds(5);

    private final AtomicLong clock = new AtomicLong(1);
    private final ClientBoard board = new ClientBoard(clock::get);

    @Test
    void whatTheOthersTellIsAddedUp() {
        tell(Caller.IMAP_GATEWAY, "one", Map.of(CLIENT, new ClientCounts(2, 30), OTHER, new ClientCounts(1, 1)));
        tell(Caller.IMAP_GATEWAY, "two", Map.of(CLIENT, new ClientCounts(3, 4)));
        assertEquals(Map.of(CLIENT, new ClientCounts(5, 34), OTHER, new ClientCounts(1, 1)), tell(Caller.IMAP_GATEWAY, "three", Map.of()));
        assertEquals(Map.of(CLIENT, new ClientCounts(3, 4)), tell(Caller.IMAP_GATEWAY, "one", Map.of()), "without its own");
        assertEquals(Map.of(), tell(Caller.IMAP_GATEWAY, "two", Map.of()), "it told anew that there is nobody");
    }

    @Test
    void aKindHearsNothingOfAnother() {
        tell(Caller.IMAP_GATEWAY, "one", Map.of(CLIENT, new ClientCounts(2, 2)));
        assertEquals(Map.of(), tell(Caller.POP3_GATEWAY, "two", Map.of()));
    }

    @Test
    void whatIsOldIsForgotten() {
        tell(Caller.POP3_GATEWAY, "one", Map.of(CLIENT, new ClientCounts(2, 2)));
        board.exchange(Caller.POP3_GATEWAY, "two", Map.of(OTHER, new ClientCounts(2, 2)), Duration.ofHours(1));
        clock.addAndGet(VALID.plusMillis(1).toNanos());
        assertEquals(Map.of(OTHER, new ClientCounts(2, 2)), tell(Caller.POP3_GATEWAY, "three", Map.of()));
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(Map.of(), tell(Caller.POP3_GATEWAY, "three", Map.of()), "nothing counts longer than a minute");
    }

    @Test
    void thoseWhoDoMostAreTold() {
        Map<InetAddress, ClientCounts> quiet = many("10.0", 1_000, new ClientCounts(1, 1));
        tell(Caller.IMAP_GATEWAY, "one", quiet);
        tell(Caller.IMAP_GATEWAY, "two", Map.of(CLIENT, new ClientCounts(9, 0), OTHER, new ClientCounts(0, 9)));
        Map<InetAddress, ClientCounts> told = tell(Caller.IMAP_GATEWAY, "three", Map.of());
        assertEquals(1_000, told.size());
        assertTrue(told.containsKey(CLIENT) && told.containsKey(OTHER));
    }

    @Test
    void aSumThatIsTooLargeStaysLarge() {
        tell(Caller.IMAP_GATEWAY, "one", Map.of(CLIENT, new ClientCounts(Integer.MAX_VALUE, 1)));
        tell(Caller.IMAP_GATEWAY, "two", Map.of(CLIENT, new ClientCounts(1, 1)));
        assertEquals(Integer.MAX_VALUE, tell(Caller.IMAP_GATEWAY, "three", Map.of()).get(CLIENT).open());
    }

    private Map<InetAddress, ClientCounts> tell(Caller kind, String name, Map<InetAddress, ClientCounts> clients) {
        return board.exchange(kind, name, clients, VALID);
    }

    private static Map<InetAddress, ClientCounts> many(String prefix, int count, ClientCounts each) {
        Map<InetAddress, ClientCounts> all = new HashMap<>();
        for (int i = 0; i < count; i++) {
            all.put(InetAddress.ofLiteral(prefix + "." + i / 256 + "." + i % 256), each);
        }
        return all;
    }
}
