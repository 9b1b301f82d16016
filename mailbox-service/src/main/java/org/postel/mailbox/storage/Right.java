package org.postel.mailbox.storage;

/** What an account may do with a mailbox of another: RFC 4314 §2.1, in the order they are written. */
public enum Right {
    LOOKUP('l'), READ('r'), SEEN('s'), WRITE('w'), INSERT('i'), POST('p'), CREATE('k'), DELETE_MAILBOX('x'), DELETE_MESSAGES('t'), EXPUNGE('e'),
    ADMINISTER('a');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
