// Package intake declares the commands with which works come in: import, files, corrections, likeness, the rows that
// were not understood, and units.
package intake
