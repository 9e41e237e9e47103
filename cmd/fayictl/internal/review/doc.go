// Package review declares the commands that decide which works take part, and what judges see of them.
package review
