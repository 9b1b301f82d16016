package org.postel.delivery.outcome;

import java.io.IOException;

/** Content that went through the claim check is not in the store any more: nothing can be delivered, ever. */
public final class ContentGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the store said */
    public ContentGoneException(Throwable cause) {
        super("the content is not in the store any more", cause);
    }
}
