// Package office holds every operation of the product, once: the command line, the window and the network call the
// same methods.
//
// Each method does the same five things: check that the contest's state allows it, load, apply a pure rule of
// package judging (or assign, stats), save in one transaction together with its journal entry, and tell Changes
// after the commit. A job too big for one transaction (an intake, a plan) is written under a pending record first;
// one last transaction makes it live, so that readers see all of it or nothing, and undoing is flipping it back.
//
// What it will not do: edit a judge's score, print personal data into errors or the journal's verbs, read the clock
// or draw randomness by itself.
package office
