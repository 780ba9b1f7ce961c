//! The words that travel as a number. Frozen for ever with section 5: never changed, never reordered, never added to.
//!
//! They were the words of the templates when the format was released. The templates may say it better later; links that were
//! made before keep their words.

/// Singular and plural.
pub const NAMES: [(&str, &str); 21] = [
    ("Visitor", "Visitors"),
    ("Lead", "Leads"),
    ("MQL", "MQLs"),
    ("SQL", "SQLs"),
    ("Opportunity", "Opportunities"),
    ("Inquiry", "Inquiries"),
    ("SAL", "SALs"),
    ("Sign-up", "Sign-ups"),
    ("Activated trial", "Activated trials"),
    ("PQL", "PQLs"),
    ("Target account", "Target accounts"),
    ("Engaged account", "Engaged accounts"),
    ("Qualified account", "Qualified accounts"),
    ("Contact", "Contacts"),
    ("Conversation", "Conversations"),
    ("Meeting", "Meetings"),
    ("Product view", "Product views"),
    ("Cart", "Carts"),
    ("Checkout", "Checkouts"),
    ("Order", "Orders"),
    ("Won", "Won"),
];

/// When something counts as one.
pub const DEFINITIONS: [&str; 23] = [
    "Came to the site in the period.",
    "Left a name and a way to be reached.",
    "Fits the profile and showed intent: marketing qualified.",
    "Spoken to, with a need and a person who decides: sales qualified.",
    "An amount, a date and a next step agreed with the buyer.",
    "Answered an offer or asked for something.",
    "Taken on by sales within the agreed time: sales accepted.",
    "Became an opportunity: sales qualified.",
    "Made an account.",
    "Did what the product is for, once.",
    "Uses it like those who pay: product qualified.",
    "On the list that both teams chose.",
    "Several people of the account answered.",
    "A buying group is known and met.",
    "On the list, with a valid way to be reached.",
    "Answered, and talked.",
    "Held, not only booked.",
    "Came to the shop in the period.",
    "Looked at a product.",
    "Put something into the cart.",
    "Began to pay.",
    "Paid.",
    "Signed.",
];
