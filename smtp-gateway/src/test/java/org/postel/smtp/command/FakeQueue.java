package org.postel.smtp.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it accepts. */
public final class FakeQueue implements MessageQueue {

    private final List<AcceptedMessage> messages = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    public void down(boolean now) {
        down = now;
    }

    public List<AcceptedMessage> messages() {
        return messages;
    }

    @Override
    public void accept(AcceptedMessage message) throws BackendUnavailableException {
        if (down) {
            throw new BackendUnavailableException("down", new IllegalStateException());
        }
        messages.add(message);
    }
}
