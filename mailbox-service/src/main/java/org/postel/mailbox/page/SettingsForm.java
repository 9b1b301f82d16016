package org.postel.mailbox.page;

import org.postel.mailbox.directory.AccountSettings;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;

/** Changes settings of who is signed in: what a form is about, where nobody changed the account since the form was shown. */
final class SettingsForm {

    /** The field of each such form that holds the revision it shows. */
    static final String SEEN = "seen";

    private final Administration administration;

    SettingsForm(Administration administration) {
        this.administration = administration;
    }

    /** What a form asks for, made of what the settings are. */
    @FunctionalInterface
    interface Change {
        AccountSettings of(AccountSettings before);
    }

    /** What is to stand in the field of a form that is shown now. */
    static String seen(Visit visit) {
        return Integer.toString(visit.account().settings().revision());
    }

    /** @throws DirectoryException CHANGED when the form showed another state */
    void change(Visit visit, Change change) throws DirectoryException {
        administration.change(visit.account().address(), before -> {
            if (!visit.field(SEEN).equals(Integer.toString(before.settings().revision()))) {
                throw new DirectoryException(Fault.CHANGED, "it was changed meanwhile");
            }
            return change.of(before.settings());
        });
    }

    /**
     * Says in a form what kept it from being done.
     *
     * @param text the name of the text for a field that is wrong: {@code wrong} and the field's name
     * @throws DirectoryException when that is nothing the form can say
     */
    static Form explained(Form form, DirectoryException failure, String text) throws DirectoryException {
        return switch (failure.fault()) {
            case INVALID -> form.wrong(failure.field(), text);
            case CHANGED, IN_USE -> form.wrong("changedWhileTyping");
            default -> throw failure;
        };
    }
}
