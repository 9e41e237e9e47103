// Package room lets judges score in a browser on devices of their own: a server over the office, in the process that
// holds the contest, on the local network, without the internet.
//
// It promises: a judge sees their own list and copies without names, nothing of others; a score, and what they say of a
// pair of works, is answered only after it is kept; what is asked was signed by the judge's device and is taken once
// (package sign); no request costs much.
// It will not encrypt: who listens on the network can read what is shown, but can't score.
//
// The page is in web/, its built form in assets/web. Package client speaks the same protocol as a program.
package room
