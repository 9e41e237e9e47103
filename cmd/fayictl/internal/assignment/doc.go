// Package assignment declares the commands for judges, what they must not judge, and who judges what.
package assignment
