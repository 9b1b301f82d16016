/**
 * Holds the pages of docs/ against the code: what is configurable is listed, what is cited is in the table of RFCs, what is
 * advertised on the wire is there with a "yes". Reads the sources as text and as syntax trees; imports no module of Postel.
 */
package org.postel.docs;
