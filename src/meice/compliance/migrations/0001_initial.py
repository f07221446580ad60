import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('orgs', '0001_initial'),
        ('orgs', '__first__'),
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComplianceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('grade', '等保定级备案'), ('icp', 'ICP 备案'), ('police', '公安联网备案'), ('app-provider', '教育移动应用提供者备案'), ('app-user', '教育移动应用使用者备案'), ('domain', '域名'), ('certificate', '网站证书'), ('review', '审核制度文件'), ('contract', '外包运维合同')], max_length=12, verbose_name='种类')),
                ('state', models.CharField(choices=[('held', '有'), ('lacking', '缺'), ('exempt', '不适用'), ('unknown', '未知')], default='unknown', max_length=8, verbose_name='状态')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='编号')),
                ('grade', models.CharField(blank=True, choices=[('1', '一级'), ('2', '二级'), ('3', '三级'), ('4', '四级')], max_length=1, verbose_name='等保级别')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='机关或单位')),
                ('valid_until', models.DateField(blank=True, db_index=True, null=True, verbose_name='有效期至')),
                ('is_permanent', models.BooleanField(default=False, verbose_name='长期有效')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('source', models.CharField(choices=[('filing', '备案'), ('report', '填报'), ('probe', '探测'), ('feed', '订阅源'), ('import', '导入'), ('attest', '单位自证'), ('human', '人工核实'), ('computed', '计算')], default='attest', max_length=10, verbose_name='来源')),
                ('seen_at', models.DateTimeField(verbose_name='取得时间')),
                ('told_by', models.CharField(blank=True, max_length=60, verbose_name='填报人')),
                ('version', models.PositiveIntegerField(default=1)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='证明')),
                ('outlet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.outlet')),
            ],
            options={
                'verbose_name': '合规事项',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['kind', 'state', 'valid_until'], name='compliance__kind_a78859_idx')],
                'constraints': [models.UniqueConstraint(fields=('outlet', 'kind'), name='item_once_an_outlet'), models.CheckConstraint(condition=models.Q(('kind__in', ['grade', 'icp', 'police', 'app-provider', 'app-user', 'domain', 'certificate', 'review', 'contract'])), name='item_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['held', 'lacking', 'exempt', 'unknown'])), name='item_state_known'), models.CheckConstraint(condition=models.Q(('state', 'held'), models.Q(('file__isnull', True), ('is_permanent', False), ('valid_until__isnull', True)), _connector='OR'), name='only_what_is_held_lasts'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('is_permanent', False), _connector='OR'), name='permanent_has_no_end'), models.CheckConstraint(condition=models.Q(('grade', ''), ('kind', 'grade'), _connector='OR'), name='grade_of_mlps_alone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'exempt'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='exempt_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ComplianceTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, unique=True)),
                ('days', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('days__range', (1, 730))), name='compliance_term_within_two_years')],
            },
        ),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=80, verbose_name='登录')),
                ('holder_name', models.CharField(max_length=60, verbose_name='保管人姓名')),
                ('is_student', models.BooleanField(default=False, verbose_name='学生保管')),
                ('teacher', models.CharField(blank=True, max_length=60, verbose_name='指导教师')),
                ('factor', models.CharField(choices=[('yes', '已开'), ('no', '没开'), ('unknown', '未知')], default='unknown', max_length=7, verbose_name='二次验证')),
                ('rotated_on', models.DateField(blank=True, null=True, verbose_name='最近轮换')),
                ('rotate_by', models.DateField(blank=True, db_index=True, null=True, verbose_name='应在此前轮换')),
                ('recovery_name', models.CharField(blank=True, max_length=60, verbose_name='找回联系人')),
                ('recovery_phone', models.CharField(blank=True, max_length=11, verbose_name='找回手机')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='备注')),
                ('status', models.CharField(choices=[('held', '在管'), ('returned', '已收回')], default='held', max_length=8)),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1)),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保管人')),
                ('outlet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.outlet')),
            ],
            options={
                'verbose_name': '账号保管',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='custody_says_of_what'), models.CheckConstraint(condition=models.Q(('holder_name', ''), _negated=True), name='custody_names_its_holder'), models.CheckConstraint(condition=models.Q(('is_student', False), models.Q(('teacher', ''), _negated=True), _connector='OR'), name='student_holds_under_a_teacher'), models.CheckConstraint(condition=models.Q(('status__in', ['held', 'returned'])), name='custody_status_known'), models.CheckConstraint(condition=models.Q(('factor__in', ['yes', 'no', 'unknown'])), name='custody_factor_known'), models.UniqueConstraint(condition=models.Q(('status', 'held')), fields=('outlet', 'what', 'holder_name'), name='login_held_once_by_one')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asset_number', models.CharField(max_length=60, verbose_name='资产编号')),
                ('name', models.CharField(max_length=120, verbose_name='设备')),
                ('kind', models.CharField(choices=[('desktop', '台式机'), ('laptop', '笔记本'), ('phone', '手机'), ('tablet', '平板'), ('other', '其他')], default='desktop', max_length=8, verbose_name='类型')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('custodian_name', models.CharField(max_length=60, verbose_name='保管人姓名')),
                ('purpose', models.CharField(max_length=200, verbose_name='用途')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='放置地点')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='备注')),
                ('status', models.CharField(choices=[('in_use', '在用'), ('retired', '已停用')], default='in_use', max_length=8)),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='最近检查')),
                ('check_result', models.CharField(blank=True, choices=[('passed', '合格'), ('faulty', '有问题'), ('unknown', '有未查明项')], max_length=8)),
                ('check_due_on', models.DateField(blank=True, db_index=True, null=True, verbose_name='下次检查')),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=1)),
                ('custodian', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保管人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='使用单位')),
            ],
            options={
                'verbose_name': '专用设备',
                'indexes': [models.Index(fields=['status', 'unit_path'], name='compliance__status_213876_idx')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'asset_number'), name='asset_once_a_unit'), models.CheckConstraint(condition=models.Q(('asset_number', ''), _negated=True), name='device_has_a_number'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='device_has_a_name'), models.CheckConstraint(condition=models.Q(('custodian_name', ''), _negated=True), name='device_has_a_custodian'), models.CheckConstraint(condition=models.Q(('status__in', ['in_use', 'retired'])), name='device_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('check_result', ''), ('checked_on__isnull', True)), models.Q(('checked_on__isnull', False), models.Q(('check_result', ''), _negated=True)), _connector='OR'), name='device_checked_with_a_result')],
            },
        ),
        migrations.CreateModel(
            name='ComplianceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='compliance.complianceitem')),
                ('custody', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='compliance.custody')),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='compliance.device')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('custody__isnull', True), ('device__isnull', True), ('item__isnull', False)), models.Q(('custody__isnull', True), ('device__isnull', False), ('item__isnull', True)), models.Q(('custody__isnull', False), ('device__isnull', True), ('item__isnull', True)), _connector='OR'), name='event_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='DeviceCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='检查日期')),
                ('by_name', models.CharField(max_length=60, verbose_name='检查人')),
                ('answers', models.JSONField(default=dict)),
                ('result', models.CharField(choices=[('passed', '合格'), ('faulty', '有问题'), ('unknown', '有未查明项')], max_length=8, verbose_name='结果')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='compliance.device')),
            ],
            options={
                'verbose_name': '设备检查',
                'ordering': ['-on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('result__in', ['passed', 'faulty', 'unknown'])), name='check_result_known'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'faulty'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='fault_with_words')],
            },
        ),
        migrations.CreateModel(
            name='DeviceIntake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('preview', '待核对'), ('applied', '已导入'), ('dropped', '已放弃')], default='preview', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=255)),
                ('head_row', models.PositiveIntegerField()),
                ('grid', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('added', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpiryReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('rung', models.CharField(max_length=8)),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('reached', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('subject', 'rung', 'due_on'), name='end_reminded_once_a_rung')],
            },
        ),
    ]
