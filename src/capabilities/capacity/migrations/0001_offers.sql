create schema capacity;
