// Package likeness finds pictures and texts that resemble each other, and the passages that two texts share.
//
// It promises that prints are small, of fixed format (PrintVersion) and all that is needed to compare; many thousand
// prints are compared in seconds; same prints, same answer in the same order. Its tests state recall and false
// alarms.
//
// It will not judge: it says how alike two works are, people decide what that means.
package likeness
