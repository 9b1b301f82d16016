/**
 * The program behind the script {@code postel}: {@code main} and the two exceptions every part speaks to a person with.
 * Direction: {@code cli -> admin -> platform -> identity}, and all of them may use this package's exceptions.
 */
package org.postel.launcher;
