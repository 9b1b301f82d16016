package org.postel.mailbox.rpc;

import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Some accounts have so much room. */
final class RoomQuotas extends UnlimitedQuotas {

    final Map<UUID, Long> rooms = new ConcurrentHashMap<>();

    @Override
    public OptionalLong room(UUID account) {
        Long room = rooms.get(account);
        return room == null ? OptionalLong.empty() : OptionalLong.of(room);
    }
}
