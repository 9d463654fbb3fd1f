//! Passwords of eight characters and more that are tried first, longest first, folded.

/// Longest first, so that a short one does not break up a long one.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjkl", "abcdefghijklmnop", "defaultpassword",
    "administrator1", "administrator", "password12345", "tequieromucho", "winniethepooh", "123456123456",
    "1qaz2wsx3edc", "654321654321", "password1234", "qwertyqwerty", "yourpassword", "12345612345",
    "changeme123", "christopher", "deutschland", "foreverlove", "harrypotter", "iloveyou123", "jesuschrist",
    "mickeymouse", "newpassword", "newyorkcity", "oldpassword", "password123", "philippines", "playstation",
    "thepassword", "thunderbird", "welcome1234", "0987654321", "1122334455", "1234512345", "1234567890",
    "123456789a", "12345qwert", "1q2w3e4r5t", "a123456789", "a1b2c3d4e5", "aa12345678", "abcdefghij",
    "adminadmin", "asdfghjkl1", "azertyuiop", "basketball", "blackberry", "butterfly1", "california",
    "chocolate1", "christmas1", "cinderella", "contrasena", "darthvader", "everything", "frankreich",
    "guestguest", "hellohello", "ironman123", "letmein123", "letmeinnow", "linkinpark", "liverpool1",
    "loginlogin", "manchester", "master1234", "minecraft1", "moneymoney", "motdepasse", "mypassword",
    "nopassword", "opensesame", "passphrase", "password12", "poiuytrewq", "pokemon123", "q1w2e3r4t5",
    "qwerty1234", "qwertyuiop", "qwertzuiop", "realmadrid", "samsung123", "strawberry", "summer2020",
    "summer2024", "summer2025", "sweetheart", "terminator", "testing123", "tinkerbell", "volleyball",
    "welcome123", "zxcvbnm123", "123123123", "123454321", "123456789", "12345678a", "123456abc",
    "123456qwe", "123abc123", "123qwe123", "123qweasd", "135792468", "147258369", "159357258", "159753456",
    "246813579", "321321321", "741852963", "789456123", "789456321", "963852741", "987654321", "a12345678",
    "abc123456", "abc123abc", "abcabcabc", "abcdefghi", "admin1234", "alexander", "alexandra", "amsterdam",
    "asdasdasd", "asdfghjkl", "australia", "azerty123", "babygirl1", "barcelona", "baseball1", "batman123",
    "beautiful", "birthday1", "brasil123", "butterfly", "catherine", "champions", "changeme1", "charlotte",
    "chocolate", "christian", "christina", "christine", "christmas", "computer1", "diablo123", "dragon123",
    "elizabeth", "eminem123", "facebook1", "football1", "francisco", "godisgood", "google123", "guillermo",
    "halloween", "hello1234", "hockey123", "hurricane", "iloveu123", "iloveyou!", "iloveyou1", "iloveyou2",
    "instagram", "internet1", "josephine", "katherine", "legend123", "letmein12", "lightning", "liverpool",
    "lkjhgfdsa", "manunited", "master123", "metallica", "microsoft", "minecraft", "monkey123", "mylove123",
    "naruto123", "pass12345", "password!", "password1", "password2", "passwords", "pineapple", "portugal1",
    "princess1", "qazqazqaz", "qazwsx123", "qazwsxedc", "qwe123qwe", "qweasdzxc", "qweqweqwe", "qwerty123",
    "rocknroll", "scoobydoo", "sebastian", "secret123", "security1", "september", "skywalker", "snowflake",
    "soccer123", "something", "spiderman", "starcraft", "stephanie", "summer123", "sunshine1", "superman1",
    "superuser", "temporary", "thomas123", "topsecret", "valentina", "welcome12", "whatever1", "windows10",
    "winter123", "zxczxczxc", "00000000", "11111111", "11112222", "11223344", "12341234", "12344321",
    "12345678", "1234abcd", "1234qwer", "19841984", "1q2w3e4r", "1qaz2wsx", "20002000", "20102010",
    "20202020", "22222222", "33333333", "44444444", "55555555", "66666666", "77777777", "87654321",
    "88888888", "99999999", "a1b2c3d4", "aa123456", "aaaaaaaa", "abc12345", "abcd1234", "abcdefgh",
    "access14", "admin123", "alexande", "amanda12", "america1", "american", "andrew12", "android1",
    "angel123", "angels12", "anthony1", "anything", "apple123", "arsenal1", "asdf1234", "asdfasdf",
    "asdfghjk", "ashley12", "asshole1", "autumn12", "azertyui", "babyboy1", "babygirl", "banana12",
    "baseball", "benjamin", "bigdick1", "birthday", "bitcoin1", "blahblah", "blessed1", "blink182",
    "blizzard", "brandon1", "bulldog1", "bulldogs", "bullshit", "business", "buster12", "butthead",
    "canada12", "cardinal", "caroline", "champion", "changeme", "charlie1", "chelsea1", "cherry12",
    "cheyenne", "colombia", "company1", "computer", "cookie12", "cookies1", "corvette", "cowboys1",
    "cristina", "crypto12", "crystal1", "cupcakes", "daniel12", "danielle", "december", "default1",
    "diamond1", "diamonds", "dollar12", "dolphins", "dracula1", "dragon12", "employee", "england1",
    "facebook", "february", "fernando", "ferrari1", "flower12", "flowers1", "football", "forever1",
    "fortnite", "france12", "freedom1", "friday13", "fuckoff1", "fuckyou!", "fuckyou1", "fuckyou2",
    "gabriel1", "gabriela", "gamecube", "gameover", "gandalf1", "garfield", "germany1", "ginger12",
    "godzilla", "good1234", "goodbye1", "google12", "greenday", "guest123", "hannah12", "happy123",
    "happyday", "heaven12", "hello123", "helpdesk", "hogwarts", "holidays", "hotstuff", "ilovegod",
    "iloveyou", "internet", "iphone12", "isabella", "january1", "jasmine1", "jennifer", "jeremiah",
    "jessica1", "jesus123", "jonathan", "jordan23", "joshua12", "juliana1", "justin12", "juventus",
    "killer12", "kimberly", "ladybug1", "lakers24", "letmein!", "letmein1", "linkedin", "login123",
    "london12", "lorenzo1", "lovebug1", "lovelove", "lovers12", "loveyou1", "lucky123", "lucky777",
    "madison1", "manager1", "margaret", "marina11", "master12", "matrix12", "matthew1", "maverick",
    "melissa1", "mercedes", "mexico12", "michael1", "michelle", "mickey12", "midnight", "million1",
    "mnbvcxz1", "monday12", "money123", "monkey12", "motorola", "mountain", "mustang1", "nathalie",
    "newyork1", "nicholas", "nicolas1", "nintendo", "nirvana1", "nothing1", "november", "ocean123",
    "october1", "office12", "openopen", "orange12", "p@ssw0rd", "p@ssword", "pa55word", "packers1",
    "panther1", "panthers", "pass1234", "passpass", "passw0rd", "password", "passwort", "patricia",
    "patrick1", "peanut12", "pepper12", "phoenix1", "pokemon1", "porsche1", "portal12", "precious",
    "predator", "princess", "private1", "pussycat", "q1w2e3r4", "qwerty12", "qwertyui", "qwertzui",
    "raiders1", "rainbow1", "rebecca1", "redskins", "richard1", "roberto1", "rockstar", "root1234",
    "rootroot", "samantha", "samsung1", "scooter1", "scorpion", "secret12", "security", "service1",
    "services", "sexysexy", "shadow12", "slipknot", "snoopy12", "snowball", "softball", "sophie12",
    "spring12", "staffing", "startrek", "starwars", "steelers", "sterling", "summer12", "sunday12",
    "sunshine", "superman", "support1", "sweetpea", "teamo123", "temp1234", "tequiero", "test1234",
    "tester12", "testing1", "testtest", "thailand", "thunder1", "tigger12", "toor1234", "trustno1",
    "twitter1", "user1234", "username", "vacation", "valentin", "vampire1", "vanessa1", "veronica",
    "victoria", "warcraft", "welcome1", "welcome2", "whatever", "wildcats", "william1", "windows1",
    "windows7", "winter12", "workwork", "yankees1", "youtube1", "zaq12wsx", "zaq1zaq1", "zombie12",
    "zxcvbnm,", "zxcvbnm1", "zzzzzzzz",
];

#[cfg(test)]
mod tests {
    use super::COMMON;

    #[test]
    fn the_list_is_folded_and_longest_first() {
        assert!(COMMON.len() > 300);
        assert!(COMMON.iter().all(|word| word.len() >= 8 && word.to_lowercase() == *word));
        assert!(COMMON.is_sorted_by_key(|word| std::cmp::Reverse(word.len())));
    }
}
