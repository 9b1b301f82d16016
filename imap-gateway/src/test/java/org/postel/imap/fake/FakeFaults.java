package org.postel.imap.fake;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.roaringbitmap.RoaringBitmap;

/** What goes wrong, as long as a test wants it: all calls, as when mailbox-service is down, or some. */
public final class FakeFaults {

    private final Map<String, Reason> ofCalls = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Reason>> ofAll = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean afterAppend = new AtomicBoolean();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicReference<Duration> showsAfter = new AtomicReference<>(Duration.ZERO);

    /** Every call fails so. */
    public void every(Reason reason) {
        ofAll.set(Optional.of(reason));
    }

    /** Every such call fails so; the others do not. */
    public void only(String call, Reason reason) {
        ofCalls.put(call, reason);
    }

    /** Calls succeed again. */
    public void none() {
        ofAll.set(Optional.empty());
        ofCalls.clear();
    }

    /** No message can be read together with this one, which shows after so long. */
    public void unreadable(int uid, Duration after) {
        showsAfter.set(after);
        unreadable.set(uid);
    }

    /** The next message is stored, then every call fails. */
    public void afterAppend() {
        afterAppend.set(true);
    }

    void appended() {
        if (afterAppend.getAndSet(false)) {
            every(Reason.UNAVAILABLE);
        }
    }

    void attempt() {
        ofAll.get().ifPresent(FakeFaults::fail);
    }

    void attempt(String call) {
        Optional.ofNullable(ofCalls.get(call)).ifPresent(FakeFaults::fail);
    }

    void read(RoaringBitmap uids) {
        if (uids.contains(unreadable.get())) {
            LockSupport.parkNanos(showsAfter.get().toNanos());
            fail(Reason.UNAVAILABLE);
        }
    }

    private static void fail(Reason reason) {
        throw new MailboxServiceException(reason, "as the test wants it");
    }
}
