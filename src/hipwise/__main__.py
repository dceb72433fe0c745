"""`python -m hipwise` does what `hipwise` does."""

from hipwise.cli import main

if __name__ == "__main__":
    main()
