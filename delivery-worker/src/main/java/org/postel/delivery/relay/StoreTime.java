package org.postel.delivery.relay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postel.delivery.outcome.MessageContent;

/** Content on its way to a server: what our own store takes for it does not make the destination slow. */
final class StoreTime extends FilterInputStream {

    private final Openings.Hurry hurry;

    private StoreTime(InputStream content, Openings.Hurry hurry) {
        super(content);
        this.hurry = hurry;
    }

    static InputStream open(MessageContent content, Openings.Hurry hurry) throws IOException {
        return new StoreTime(hurry.aside(content::open), hurry);
    }

    @Override
    public int read() throws IOException {
        return hurry.aside(in::read);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return hurry.aside(() -> in.read(into, offset, length));
    }
}
