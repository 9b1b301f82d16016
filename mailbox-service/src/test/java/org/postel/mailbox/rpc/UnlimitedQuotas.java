package org.postel.mailbox.rpc;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas;

/** Every account may hold anything, and holds nothing. */
class UnlimitedQuotas implements Quotas {

    @Override
    public Quota limits(UUID account) {
        return Quota.UNLIMITED;
    }

    @Override
    public void limit(UUID account, Quota quota) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Quota.Held held(UUID account) {
        return new Quota.Held(0, 0);
    }

    @Override
    public List<Quota.Folder> folders(UUID account) {
        return List.of();
    }

    @Override
    public Room admit(UUID account, long bytes, long messages) {
        return Room.UNLIMITED;
    }

    @Override
    public OptionalLong room(UUID account) {
        return OptionalLong.empty();
    }

    @Override
    public void freed(UUID account) {}

    @Override
    public void check(UUID account, long bytes, long messages) {}
}
