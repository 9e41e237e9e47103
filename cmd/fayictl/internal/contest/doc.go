// Package contest declares the commands for a contest as a whole: made, checked, kept safe, rehearsed.
package contest
